# Run: gnuplot -d losses.gp
set terminal svg size 900,338 dynamic noenhanced rounded background '#ffffff' font 'sans-serif,12'
set encoding utf8
set output 'losses.svg'
set multiplot
unset key
set border 3 lc rgb '#888888'
set tics nomirror scale 0.5 textcolor rgb '#333333' font ',11'
set label 'losses: All arms' at screen 0.013333, screen 0.94675 left font ',14' noenhanced
set arrow from screen 0.013333, screen 0.87574 to screen 0.04, screen 0.87574 nohead lc rgb '#0072B2' lw 1.8 dt 1
set label 'critic_loss' at screen 0.046667, screen 0.87574 left font ',12' noenhanced
set arrow from screen 0.15324, screen 0.87574 to screen 0.17991, screen 0.87574 nohead lc rgb '#D55E00' lw 1.8 dt 1
set label 'generator_loss' at screen 0.18658, screen 0.87574 left font ',12' noenhanced
set grid lc rgb '#e4e4e4' lt 1
unset logscale x
set xrange [120:3000]
set xtics ('1000' 1000, '2000' 2000, '3000' 3000)
set lmargin at screen 0.068889
set rmargin at screen 0.48444
set tmargin at screen 0.76331
set bmargin at screen 0.14201
set title 'batch' font ',12' offset 0,-0.7 noenhanced
unset logscale y
set yrange [-0.017957:5.0539]
set ytics ('0' 0, '2' 2, '4' 4)
set xlabel 'generator step' offset 0,0.4
set ylabel 'loss' offset 2.4,0 noenhanced
plot 'losses.dat' index 0 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'losses.dat' index 1 using 1:3:4 with filledcurves fc rgb '#D55E00' fs transparent solid 0.18 noborder notitle, \
  'losses.dat' index 0 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle, \
  'losses.dat' index 1 using 1:2 with lines lc rgb '#D55E00' lw 1.8 dt 1 notitle
unset label
unset arrow
set lmargin at screen 0.56889
set rmargin at screen 0.98444
set tmargin at screen 0.76331
set bmargin at screen 0.14201
set title 'spectral' font ',12' offset 0,-0.7 noenhanced
unset logscale y
set yrange [0.54021:2.8324]
set ytics ('1' 1, '1.5' 1.5, '2' 2, '2.5' 2.5)
set xlabel 'generator step' offset 0,0.4
unset ylabel
plot 'losses.dat' index 2 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'losses.dat' index 3 using 1:3:4 with filledcurves fc rgb '#D55E00' fs transparent solid 0.18 noborder notitle, \
  'losses.dat' index 2 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle, \
  'losses.dat' index 3 using 1:2 with lines lc rgb '#D55E00' lw 1.8 dt 1 notitle
unset multiplot
set output
