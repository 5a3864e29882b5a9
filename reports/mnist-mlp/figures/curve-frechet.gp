# Run: gnuplot -d curve-frechet.gp
set terminal svg size 900,338 dynamic noenhanced rounded background '#ffffff' font 'sans-serif,12'
set encoding utf8
set output 'curve-frechet.svg'
set multiplot
unset key
set border 3 lc rgb '#888888'
set tics nomirror scale 0.5 textcolor rgb '#333333' font ',11'
set label 'frechet over training (lower is better)' at screen 0.013333, screen 0.94675 left font ',14' noenhanced
set arrow from screen 0.013333, screen 0.87574 to screen 0.04, screen 0.87574 nohead lc rgb '#0072B2' lw 1.8 dt 1
set label 'hard' at screen 0.046667, screen 0.87574 left font ',12' noenhanced
set arrow from screen 0.10098, screen 0.87574 to screen 0.12764, screen 0.87574 nohead lc rgb '#D55E00' lw 1.8 dt 1
set label 'one-sided' at screen 0.13431, screen 0.87574 left font ',12' noenhanced
set arrow from screen 0.22596, screen 0.87574 to screen 0.25262, screen 0.87574 nohead lc rgb '#009E73' lw 1.8 dt 1
set label 'two-sided' at screen 0.25929, screen 0.87574 left font ',12' noenhanced
set arrow from screen 0.35093, screen 0.87574 to screen 0.3776, screen 0.87574 nohead lc rgb '#CC79A7' lw 1.8 dt 1
set label 'hinge · hard' at screen 0.38427, screen 0.87574 left font ',12' noenhanced
set grid lc rgb '#e4e4e4' lt 1
unset logscale x
set xrange [0:4000]
set xtics ('0' 0, '1000' 1000, '2000' 2000, '3000' 3000, '4000' 4000)
set lmargin at screen 0.068889
set rmargin at screen 0.48444
set tmargin at screen 0.76331
set bmargin at screen 0.14201
set title 'loss = nonsaturating' font ',12' offset 0,-0.7 noenhanced
set logscale y
set yrange [15.119:359.97]
set ytics ('20' 20, '50' 50, '100' 100, '200' 200)
set xlabel 'generator step' offset 0,0.4
set ylabel 'frechet' offset 2.4,0 noenhanced
plot 'curve-frechet.dat' index 0 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 1 using 1:3:4 with filledcurves fc rgb '#D55E00' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 2 using 1:3:4 with filledcurves fc rgb '#009E73' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 0 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle, \
  'curve-frechet.dat' index 1 using 1:2 with lines lc rgb '#D55E00' lw 1.8 dt 1 notitle, \
  'curve-frechet.dat' index 2 using 1:2 with lines lc rgb '#009E73' lw 1.8 dt 1 notitle
unset label
unset arrow
set lmargin at screen 0.56889
set rmargin at screen 0.98444
set tmargin at screen 0.76331
set bmargin at screen 0.14201
set title 'loss = hinge' font ',12' offset 0,-0.7 noenhanced
set logscale y
set yrange [15.119:359.97]
set ytics ('20' 20, '50' 50, '100' 100, '200' 200)
set xlabel 'generator step' offset 0,0.4
unset ylabel
plot 'curve-frechet.dat' index 3 using 1:3:4 with filledcurves fc rgb '#CC79A7' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 3 using 1:2 with lines lc rgb '#CC79A7' lw 1.8 dt 1 notitle
unset multiplot
set output
