# Run: gnuplot -d curve-frechet.gp
set terminal svg size 636,338 dynamic noenhanced rounded background '#ffffff' font 'sans-serif,12'
set encoding utf8
set output 'curve-frechet.svg'
set multiplot
unset key
set border 3 lc rgb '#888888'
set tics nomirror scale 0.5 textcolor rgb '#333333' font ',11'
set label 'frechet over training (lower is better)' at screen 0.018868, screen 0.94675 left font ',14' noenhanced
set arrow from screen 0.018868, screen 0.87574 to screen 0.056604, screen 0.87574 nohead lc rgb '#444444' lw 1.8 dt 1
set label 'paper' at screen 0.066038, screen 0.87574 left font ',12' noenhanced
set arrow from screen 0.15346, screen 0.87574 to screen 0.19119, screen 0.87574 nohead lc rgb '#0072B2' lw 1.8 dt 1
set label 'spectral' at screen 0.20063, screen 0.87574 left font ',12' noenhanced
set arrow from screen 0.31975, screen 0.87574 to screen 0.35748, screen 0.87574 nohead lc rgb '#D55E00' lw 1.8 dt 1
set label 'smoothing' at screen 0.36692, screen 0.87574 left font ',12' noenhanced
set arrow from screen 0.4966, screen 0.87574 to screen 0.53434, screen 0.87574 nohead lc rgb '#009E73' lw 1.8 dt 1
set label 'average' at screen 0.54377, screen 0.87574 left font ',12' noenhanced
set grid lc rgb '#e4e4e4' lt 1
unset logscale x
set xrange [0:4000]
set xtics ('0' 0, '1000' 1000, '2000' 2000, '3000' 3000, '4000' 4000)
set lmargin at screen 0.097484
set rmargin at screen 0.97799
set tmargin at screen 0.76331
set bmargin at screen 0.14201
set title 'All arms' font ',12' offset 0,-0.7 noenhanced
set logscale y
set yrange [24.708:1606]
set ytics ('50' 50, '100' 100, '200' 200, '500' 500, '1000' 1000)
set xlabel 'generator step' offset 0,0.4
set ylabel 'frechet' offset 2.4,0 noenhanced
plot 'curve-frechet.dat' index 0 using 1:3:4 with filledcurves fc rgb '#444444' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 1 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 2 using 1:3:4 with filledcurves fc rgb '#D55E00' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 3 using 1:3:4 with filledcurves fc rgb '#009E73' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 0 using 1:2 with lines lc rgb '#444444' lw 1.8 dt 1 notitle, \
  'curve-frechet.dat' index 1 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle, \
  'curve-frechet.dat' index 2 using 1:2 with lines lc rgb '#D55E00' lw 1.8 dt 1 notitle, \
  'curve-frechet.dat' index 3 using 1:2 with lines lc rgb '#009E73' lw 1.8 dt 1 notitle
unset label
unset arrow
unset multiplot
set output
